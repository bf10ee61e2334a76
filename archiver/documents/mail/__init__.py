"""Mail, mailboxes and pages saved as messages."""
