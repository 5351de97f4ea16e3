pub mod diag;
pub mod doc;
pub mod french;
