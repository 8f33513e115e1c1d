"""What a chart is: its data, its rows, its picture and card."""
