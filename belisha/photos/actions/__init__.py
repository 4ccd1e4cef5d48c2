"""What can be done with albums, pictures, faces and copies."""
