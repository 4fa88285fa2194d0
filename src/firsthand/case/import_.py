"""Take a bag in: audited first, refused if anything in it does not hold."""
