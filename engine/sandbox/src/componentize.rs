//! From a core module, as a compiler writes it, to a component.

use wit_component::ComponentEncoder;

/// Why a core module could not be made a component.
#[derive(Debug, thiserror::Error)]
#[error("the module can't be made a component: {0}")]
pub struct ComponentizeError(String);

/// Makes a component of a core module that carries its world in a custom section, as `wit-bindgen` writes it.
pub fn componentize(module: &[u8]) -> Result<Vec<u8>, ComponentizeError> {
    let encoder = ComponentEncoder::default().validate(true).module(module);
    encoder.and_then(|mut encoder| encoder.encode()).map_err(|error| ComponentizeError(format!("{error:#}")))
}
