//! The house keeps its shape: arrows point inward, and each foreign engine is named by one crate.
