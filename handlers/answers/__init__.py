"""What people write back, bound to the right finding."""
