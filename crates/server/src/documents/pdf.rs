//! PDFs are kept as they came, since they are evidence; before, they are looked at: whole, readable
//! without a password, running nothing and carrying no other files (CHG-13).
//!
//! This finds what is written openly or in object streams. It is one of two fences: a PDF is only ever
//! handed out as a file to save, never shown on a page of ours.

use std::io::Read as _;

use domain::verification::DocumentProblem;
use flate2::read::ZlibDecoder;

/// A reader looks for the end in this many last bytes.
const TAIL: usize = 2048;

/// How much is unpacked of all object streams together.
const MOST_UNPACKED: u64 = 64 * 1024 * 1024;

/// How far before its bytes a stream's dictionary is looked for.
const DICTIONARY: usize = 1024;

/// Names that run something, or carry other files. `JS` is none of them: three bytes are met by chance in
/// packed pictures, and what runs has the long name beside it.
const ACTIVE: [&[u8]; 6] = [
    b"JavaScript",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"RichMedia",
    b"ImportData",
];

/// Judges a PDF.
pub(super) fn check(bytes: &[u8]) -> Result<(), DocumentProblem> {
    let tail = bytes
        .get(bytes.len().saturating_sub(TAIL)..)
        .unwrap_or_default();
    if !contains(tail, b"%%EOF") || !contains(tail, b"startxref") {
        return Err(DocumentProblem::Broken);
    }
    let found = names(bytes);
    if found.encrypted {
        return Err(DocumentProblem::Encrypted);
    }
    if found.active || object_streams(bytes)? {
        return Err(DocumentProblem::ActiveContent);
    }
    Ok(())
}

#[derive(Clone, Copy, Default)]
struct Found {
    encrypted: bool,
    active: bool,
}

/// Looks at every name, as in `/Name`; a name may hide its letters as `#` and two digits.
fn names(bytes: &[u8]) -> Found {
    let mut found = Found::default();
    let mut name = Vec::new();
    for after in bytes.split(|byte| *byte == b'/').skip(1) {
        name.clear();
        let end = after.iter().position(|byte| is_end_of_name(*byte));
        // No name that is looked for is longer, however it hides.
        let written = after
            .get(..end.unwrap_or(after.len()).min(64))
            .unwrap_or_default();
        unhide(written, &mut name);
        found.encrypted |= name == b"Encrypt";
        found.active |= ACTIVE.contains(&name.as_slice());
    }
    found
}

fn is_end_of_name(byte: u8) -> bool {
    byte <= b' ' || b"()<>[]{}/%".contains(&byte)
}

fn unhide(written: &[u8], name: &mut Vec<u8>) {
    let mut rest = written;
    while let Some((first, after)) = rest.split_first() {
        let hidden = (*first == b'#').then(|| after.get(..2)).flatten();
        let value = hidden
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match value {
            Some(byte) => {
                name.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                name.push(*first);
                rest = after;
            }
        }
    }
}

/// Whether an object stream, which is packed, has a name that runs or carries something.
fn object_streams(bytes: &[u8]) -> Result<bool, DocumentProblem> {
    let mut left = MOST_UNPACKED;
    let mut from = 0;
    while let Some(at) = find(bytes, from, b"stream") {
        let body = at + b"stream".len();
        from = body;
        let dictionary = bytes
            .get(at.saturating_sub(DICTIONARY)..at)
            .unwrap_or_default();
        // The nearest dictionary only, not that of the object before.
        let start = dictionary.windows(3).rposition(|part| part == b"obj");
        let dictionary = dictionary.get(start.unwrap_or(0)..).unwrap_or_default();
        if !contains(dictionary, b"ObjStm") {
            continue;
        }
        let packed = bytes.get(body..).unwrap_or_default();
        let blanks = packed
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let blanks = blanks.count();
        let packed = packed.get(blanks..).unwrap_or_default();
        let mut unpacked = Vec::new();
        let mut reader = ZlibDecoder::new(packed).take(left);
        // What cannot be unpacked is read by no viewer either; what came out until then is looked at.
        let _ = reader.read_to_end(&mut unpacked);
        left = left.saturating_sub(unpacked.len() as u64);
        if left == 0 {
            return Err(DocumentProblem::Broken);
        }
        if names(&unpacked).active {
            return Ok(true);
        }
    }
    Ok(false)
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let at = rest.windows(what.len()).position(|part| part == what)?;
    Some(from + at)
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    find(bytes, 0, what).is_some()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn pdf(inside: &str) -> Vec<u8> {
        format!(
            "%PDF-1.7\n1 0 obj\n<< /Type /Catalog {inside} >>\nendobj\n\
             trailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
        )
        .into_bytes()
    }

    fn packed(inside: &[u8]) -> Vec<u8> {
        let mut packing = ZlibEncoder::new(Vec::new(), Compression::default());
        packing.write_all(inside).unwrap();
        let mut file =
            b"%PDF-1.7\n4 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\r\n".to_vec();
        file.extend_from_slice(&packing.finish().unwrap());
        file.extend_from_slice(b"\nendstream\nendobj\nstartxref\n9\n%%EOF");
        file
    }

    #[test]
    fn chg_13_a_plain_pdf_passes() {
        assert_eq!(check(&pdf("/Pages 2 0 R /OpenAction [3 0 R /Fit]")), Ok(()));
        assert_eq!(check(&packed(b"1 0 << /Type /Page >>")), Ok(()));
    }

    #[test]
    fn chg_13_a_pdf_without_its_end_is_broken() {
        let whole = pdf("");
        for end in [0, 5, whole.len() - 8] {
            assert_eq!(check(&whole[..end]), Err(DocumentProblem::Broken));
        }
    }

    #[test]
    fn chg_13_a_pdf_with_a_password_cannot_be_reviewed() {
        let locked = pdf("/Encrypt 5 0 R");
        assert_eq!(check(&locked), Err(DocumentProblem::Encrypted));
        assert_eq!(check(&pdf("/EncryptMetadata false")), Ok(()));
    }

    #[test]
    fn chg_13_a_pdf_that_runs_something_is_refused_however_it_hides_it() {
        for inside in [
            "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>",
            "/AA << /O << /S /Launch /F (calc.exe) >> >>",
            "/Names << /EmbeddedFiles 7 0 R >>",
            "/S/J#61v#61Script",
        ] {
            let refused = check(&pdf(inside));
            assert_eq!(refused, Err(DocumentProblem::ActiveContent), "{inside}");
        }
        let hidden = packed(b"1 0 << /S /JavaScript /JS (x) >>");
        assert_eq!(check(&hidden), Err(DocumentProblem::ActiveContent));
    }

    #[test]
    fn chg_13_a_stream_that_unpacks_without_end_is_not_followed() {
        let bomb = packed(&vec![b' '; usize::try_from(MOST_UNPACKED).unwrap() + 1]);
        assert!(bomb.len() < 200_000);
        assert_eq!(check(&bomb), Err(DocumentProblem::Broken));
    }

    proptest::proptest! {
        #[test]
        fn chg_13_no_bytes_make_the_look_panic(bytes: Vec<u8>) {
            let mut file = bytes.clone();
            file.extend_from_slice(b"/ObjStm stream\r\n/Name#");
            file.extend_from_slice(&bytes);
            file.extend_from_slice(b"startxref %%EOF");
            let _ = check(&file);
        }
    }
}
