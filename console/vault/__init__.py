"""Keys, wrapping and signatures: the one place that touches cryptography and the keyring."""
