"""Pages of albums, pictures, faces and copies."""
