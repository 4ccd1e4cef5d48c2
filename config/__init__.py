"""The site: the areas put together, and how they are set up."""
