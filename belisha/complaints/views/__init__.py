"""The pages of concerns and complaints."""
