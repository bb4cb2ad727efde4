//! Files as people upload them.

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, Rgb, RgbImage};

/// A picture of this size as a JPEG.
pub(crate) fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let picture = RgbImage::from_pixel(width, height, Rgb([200, 30, 30]));
    let mut file = Vec::new();
    DynamicImage::from(picture)
        .write_with_encoder(JpegEncoder::new(&mut file))
        .unwrap();
    file
}

/// The same file as a phone writes it that was held upright, with a place in it.
pub(crate) fn taken_upright(jpeg: &[u8]) -> Vec<u8> {
    let mut exif =
        b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
    exif.extend_from_slice(b"GPS 39.9087N 116.3975E");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let (start, rest) = jpeg.split_at(2);
    [start, &[0xff, 0xe1], &length, &exif, rest].concat()
}

/// A PDF of exactly so many bytes.
pub(crate) fn pdf(length: usize) -> Vec<u8> {
    let (start, end) = ("%PDF-1.7\n% ", "\ntrailer << >>\nstartxref\n0\n%%EOF\n");
    let filling = length - start.len() - end.len();
    format!("{start}{}{end}", " ".repeat(filling)).into_bytes()
}
