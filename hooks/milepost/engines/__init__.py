"""What turns the parts of a site into a folder of files."""
