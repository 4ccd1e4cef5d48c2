"""What can be done with concerns and complaints."""
