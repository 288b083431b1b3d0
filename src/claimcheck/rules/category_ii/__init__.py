"""CPT Category II lines: reported, priced by convention."""
