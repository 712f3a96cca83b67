"""Small things monitors use: files of JSON, lists of file names, numbers in buckets."""
