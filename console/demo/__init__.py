"""The demo estate and the AWS stand-in: a process of its own that nothing else imports."""
