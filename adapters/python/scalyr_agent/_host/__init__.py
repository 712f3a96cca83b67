"""What the program that runs monitors uses of this package; plugins use none of it."""
