"""Plans: a network compiled for one batch size into straight-line code on preallocated buffers."""
