//! Pictures: measured by their header, decoded within limits, turned upright, written anew (CHG-13). Must
//! not know whose they are.

use std::io::Cursor;

use domain::verification::{Dimensions, DocumentKind, DocumentProblem, VerificationPolicy};
use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{CompressionType, FilterType, PngDecoder, PngEncoder};
use image::{DynamicImage, ImageDecoder, ImageResult, Limits};

/// How well a JPEG is written, of 100: text on a licence stays sharp. At 90 and more, a file is often
/// larger than the one that came.
const QUALITY: u8 = 85;

/// Bytes that a decoder may take for each pixel: four channels of 16 bits.
const BYTES_PER_PIXEL: u64 = 8;

/// What a decoder may take beside the picture itself.
const DECODER_ROOM: u64 = 16 * 1024 * 1024;

/// The measures that the header tells; nothing when it cannot be read.
pub(super) fn dimensions(kind: DocumentKind, bytes: &[u8]) -> Option<Dimensions> {
    let (width, height) = match kind {
        DocumentKind::Jpeg => JpegDecoder::new(Cursor::new(bytes)).ok()?.dimensions(),
        DocumentKind::Png => {
            let limits = limits(DECODER_ROOM);
            let decoder = PngDecoder::with_limits(Cursor::new(bytes), limits);
            decoder.ok()?.dimensions()
        }
        DocumentKind::Pdf => return None,
    };
    Some(Dimensions { width, height })
}

/// The same picture, upright, with nothing in the file but the picture.
pub(super) fn write_anew(
    kind: DocumentKind,
    bytes: &[u8],
    policy: &VerificationPolicy,
) -> Result<Vec<u8>, DocumentProblem> {
    if kind == DocumentKind::Jpeg && !has_its_end(bytes) {
        return Err(DocumentProblem::Broken);
    }
    let room = policy
        .document_most_pixels
        .saturating_mul(BYTES_PER_PIXEL)
        .saturating_add(DECODER_ROOM);
    let written = match kind {
        DocumentKind::Jpeg => JpegDecoder::new(Cursor::new(bytes))
            .and_then(|decoder| decode(decoder, room))
            .and_then(|picture| write_jpeg(&picture)),
        DocumentKind::Png => PngDecoder::with_limits(Cursor::new(bytes), limits(room))
            .and_then(|decoder| decode(decoder, room))
            .and_then(|picture| write_png(&picture)),
        DocumentKind::Pdf => return Err(DocumentProblem::UnknownKind),
    };
    written.map_err(|_| DocumentProblem::Broken)
}

fn decode(mut decoder: impl ImageDecoder, room: u64) -> ImageResult<DynamicImage> {
    decoder.set_limits(limits(room))?;
    let orientation = decoder.orientation()?;
    let mut picture = shallow(DynamicImage::from_decoder(decoder)?);
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// Eight bits for each channel are enough to read by, and half as many to keep in memory.
fn shallow(picture: DynamicImage) -> DynamicImage {
    match picture {
        DynamicImage::ImageLuma16(_) => DynamicImage::ImageLuma8(picture.into_luma8()),
        DynamicImage::ImageLumaA16(_) => DynamicImage::ImageLumaA8(picture.into_luma_alpha8()),
        DynamicImage::ImageRgb16(_) => DynamicImage::ImageRgb8(picture.into_rgb8()),
        DynamicImage::ImageRgba16(_) => DynamicImage::ImageRgba8(picture.into_rgba8()),
        other => other,
    }
}

fn write_jpeg(picture: &DynamicImage) -> ImageResult<Vec<u8>> {
    let mut out = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut out, QUALITY))?;
    Ok(out)
}

fn write_png(picture: &DynamicImage) -> ImageResult<Vec<u8>> {
    let mut out = Vec::new();
    let (packing, filter) = (CompressionType::Fast, FilterType::Adaptive);
    picture.write_with_encoder(PngEncoder::new_with_quality(&mut out, packing, filter))?;
    Ok(out)
}

fn limits(room: u64) -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(room);
    limits
}

/// Whether a JPEG's last scan has its end; a decoder would fill what is missing with grey.
fn has_its_end(bytes: &[u8]) -> bool {
    let last = |marker: u8| bytes.windows(2).rposition(|pair| pair == [0xff, marker]);
    match (last(0xda), last(0xd9)) {
        (Some(scan), Some(end)) => end > scan,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::metadata::Orientation;
    use image::{GenericImageView as _, Rgb, RgbImage, Rgba, RgbaImage};

    /// 40 × 20, with its upper left corner red and the rest white.
    fn lying() -> RgbImage {
        RgbImage::from_fn(40, 20, |x, y| {
            if x < 16 && y < 8 {
                Rgb([220, 20, 20])
            } else {
                Rgb([255, 255, 255])
            }
        })
    }

    fn jpeg() -> Vec<u8> {
        write_jpeg(&lying().into()).unwrap()
    }

    /// The same file with what a camera writes: how it was held, and where it was.
    fn with_exif(jpeg: &[u8], orientation: Orientation) -> Vec<u8> {
        let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
        tiff.extend_from_slice(b"\x12\x01\x03\0\x01\0\0\0");
        tiff.extend_from_slice(&[orientation.to_exif(), 0, 0, 0]);
        // A tag of text with the place.
        let text = b"GPS 39.9087N 116.3975E\0";
        tiff.extend_from_slice(b"\x0e\x01\x02\0");
        tiff.extend_from_slice(&u32::try_from(text.len()).unwrap().to_le_bytes());
        tiff.extend_from_slice(&38_u32.to_le_bytes());
        tiff.extend_from_slice(&[0; 4]);
        tiff.extend_from_slice(text);
        let length = u16::try_from(tiff.len() + 8).unwrap().to_be_bytes();
        let mut file = jpeg[..2].to_vec();
        file.extend_from_slice(&[0xff, 0xe1]);
        file.extend_from_slice(&length);
        file.extend_from_slice(b"Exif\0\0");
        file.extend_from_slice(&tiff);
        file.extend_from_slice(&jpeg[2..]);
        file
    }

    fn anew(kind: DocumentKind, bytes: &[u8]) -> Result<Vec<u8>, DocumentProblem> {
        write_anew(kind, bytes, &VerificationPolicy::default())
    }

    fn is_red(pixel: Rgba<u8>) -> bool {
        let Rgba([red, green, blue, _]) = pixel;
        red > 180 && green < 90 && blue < 90
    }

    #[test]
    fn v_39_a_picture_taken_upright_is_upright_and_says_nothing_of_the_place() {
        let plain = jpeg();
        for (orientation, size, red) in [
            (Orientation::NoTransforms, (40, 20), (4, 4)),
            (Orientation::Rotate90, (20, 40), (15, 4)),
            (Orientation::Rotate180, (40, 20), (35, 15)),
            (Orientation::Rotate270, (20, 40), (4, 35)),
        ] {
            let taken = with_exif(&plain, orientation);
            assert!(taken.windows(3).any(|part| part == b"GPS"));
            let kept = anew(DocumentKind::Jpeg, &taken).unwrap();
            assert!(!kept.windows(3).any(|part| part == b"GPS"));
            assert!(!kept.windows(4).any(|part| part == b"Exif"));
            let picture = image::load_from_memory(&kept).unwrap();
            assert_eq!(picture.dimensions(), size, "{orientation:?}");
            assert!(is_red(picture.get_pixel(red.0, red.1)), "{orientation:?}");
            // Once only: what is kept is not turned again.
            let again = anew(DocumentKind::Jpeg, &kept).unwrap();
            let picture = image::load_from_memory(&again).unwrap();
            assert_eq!(picture.dimensions(), size);
        }
    }

    #[test]
    fn chg_13_a_png_is_written_anew_without_its_texts() {
        let picture = RgbaImage::from_pixel(8, 4, Rgba([1, 2, 3, 128]));
        let mut png = write_png(&picture.clone().into()).unwrap();
        // A chunk of text behind the header, with its checksum.
        let text = b"\0\0\0\x0btEXtplace\0Wuhan\x99\xd3\x0f\x9b";
        png.splice(33..33, text.iter().copied());
        assert!(png.windows(5).any(|part| part == b"Wuhan"));
        let kept = anew(DocumentKind::Png, &png).unwrap();
        assert!(!kept.windows(5).any(|part| part == b"Wuhan"));
        assert_eq!(image::load_from_memory(&kept).unwrap().to_rgba8(), picture);
    }

    #[test]
    fn chg_13_sixteen_bits_become_eight() {
        let deep = DynamicImage::ImageRgb16(image::ImageBuffer::from_pixel(
            4,
            4,
            Rgb([0xffff, 0x8080, 0]),
        ));
        let kept = anew(DocumentKind::Png, &write_png(&deep).unwrap()).unwrap();
        let picture = image::load_from_memory(&kept).unwrap();
        assert_eq!(picture.color(), image::ColorType::Rgb8);
        assert_eq!(picture.get_pixel(0, 0), Rgba([255, 128, 0, 255]));
    }

    #[test]
    fn chg_13_half_a_picture_is_broken() {
        let whole = jpeg();
        assert!(anew(DocumentKind::Jpeg, &whole).is_ok());
        let half = &whole[..whole.len() - whole.len() / 8];
        assert_eq!(anew(DocumentKind::Jpeg, half), Err(DocumentProblem::Broken));
        let whole = write_png(&lying().into()).unwrap();
        let half = &whole[..whole.len() / 2];
        assert_eq!(anew(DocumentKind::Png, half), Err(DocumentProblem::Broken));
        for kind in [DocumentKind::Jpeg, DocumentKind::Png] {
            assert_eq!(dimensions(kind, b""), None);
            assert_eq!(dimensions(kind, &[0xff, 0xd8, 0xff, 0xe0, 0, 4]), None);
        }
    }

    #[test]
    fn chg_13_the_header_is_measured_before_anything_is_decoded() {
        let mut huge = write_png(&lying().into()).unwrap();
        huge[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
        // The header's checksum, as whoever sends such a thing would see to.
        let sum = crc(&huge[12..29]).to_be_bytes();
        huge[29..33].copy_from_slice(&sum);
        let measured = dimensions(DocumentKind::Png, &huge).unwrap();
        assert_eq!((measured.width, measured.height), (50_000, 50_000));
        assert_eq!(anew(DocumentKind::Png, &huge), Err(DocumentProblem::Broken));
    }

    fn crc(bytes: &[u8]) -> u32 {
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        crc.sum()
    }
}
