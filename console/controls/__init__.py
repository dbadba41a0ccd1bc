"""Questions put to a snapshot, and the rules by which they are answered; pure."""
