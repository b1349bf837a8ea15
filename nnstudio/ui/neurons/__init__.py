"""The neuron view: the same network with every neuron, connection and bias to see and to touch."""
