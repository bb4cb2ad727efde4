//! Registering an account (REG). Must not know how an identity or a phone is proved.

mod advice;
mod consent;
mod register;

pub use advice::{
    AccountFor, MethodAdvice, VerificationPath, method_advice, registration_methods,
    verification_path,
};
pub use consent::{Consent, LegalVersions, RegistrationRefusal};
pub use register::{Registered, RegistrationWish, may_register, register};
