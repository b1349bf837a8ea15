"""The datasets shipped with the program, one file per dataset or per family of formulas."""
