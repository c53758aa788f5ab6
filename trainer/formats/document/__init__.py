"""Questions, and what belongs to each, recognised in documents by their structure."""
