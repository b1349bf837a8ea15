"""One file per way of learning; each registers its objective."""
