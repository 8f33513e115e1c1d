"""Personal data of handling staff are masked before anything is looked at."""
