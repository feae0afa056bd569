//! Whole-system tests live in the folders beside this one; each is one test binary.
