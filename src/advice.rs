//! What an editor would say of a text, and the repairs that a program may make in it.

pub mod repair;
