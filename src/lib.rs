pub mod territory;
