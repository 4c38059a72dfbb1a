"""What the DOCX tests share: a reader, a lint, and programs that know the format better than we do."""
