"""The one door through which anything at AWS changes: approved plans, named operations, credentials of its own."""
