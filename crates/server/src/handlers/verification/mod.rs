//! Real-name verification: what stands, and the verification of persons. Must not know another area's
//! handlers.

mod overview;
mod person;

use contract::endpoints;
use utoipa::OpenApi;

use crate::routes::Routes;

/// The area's part of the OpenAPI document.
#[derive(OpenApi)]
#[openapi(paths(
    overview::get_verification,
    overview::reveal_subject,
    person::start_person,
    person::resume_person,
    person::finish_person,
    person::give_up_verification
))]
pub struct Description;

/// Mounts the area.
pub fn mount(routes: &mut Routes) {
    routes.add(&endpoints::GET_VERIFICATION, overview::get_verification);
    routes.add(&endpoints::REVEAL_SUBJECT, overview::reveal_subject);
    routes.add(&endpoints::START_PERSON, person::start_person);
    routes.add(&endpoints::RESUME_PERSON, person::resume_person);
    routes.add(&endpoints::FINISH_PERSON, person::finish_person);
    routes.add(
        &endpoints::GIVE_UP_VERIFICATION,
        person::give_up_verification,
    );
}
