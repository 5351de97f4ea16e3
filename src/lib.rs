pub mod diag;
pub mod doc;
pub mod french;
pub mod highlight;
