"""What every layer may use: errors, time, canonical bytes, paths, settings, discovery; imports nothing of ours."""
