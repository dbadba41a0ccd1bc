"""What every layer may use: errors, time, canonical bytes, paths, settings and discovery; imports nothing of ours."""
