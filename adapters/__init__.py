"""One package a platform, behind one small port."""
