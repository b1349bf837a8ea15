"""What the commands of `nnstudio.ui.actions` do: one class for each menu."""
