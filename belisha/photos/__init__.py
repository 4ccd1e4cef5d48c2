"""Albums, pictures, faces, and the safe copies made from them."""
