"""What is worth a look: rules on performance targets that anyone can run again; what differs, with its sides and places."""
