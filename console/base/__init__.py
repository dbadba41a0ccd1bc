"""What every layer may use: errors, time, canonical bytes, paths, settings; imports nothing of ours."""
