"""What gets lost or doubled when the line, the server or the browser fails: ours and two peers."""
