"""The main job without a server and without a database: lists and photographs in, copies out."""
