"""Lists of projects with what is promised for each: targets, goals in sentences, and the projects' own amounts."""
