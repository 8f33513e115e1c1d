"""The pieces of HTML that pages and embeds share."""
