"""Exchange: plans from and to other forms. A form is read into rows; what changes is a difference, previewed first."""
