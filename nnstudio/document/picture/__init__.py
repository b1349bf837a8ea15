"""The picture of a network as neurons and connections: who, where and how named, without Qt."""
