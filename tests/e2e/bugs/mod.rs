//! Faults of other software, from field reports, which this product must not have; one file each.

mod v_41_deep_links;
mod v_42_new_version;
mod v_43_policy;
mod v_44_focus;
mod v_45_appearance;
