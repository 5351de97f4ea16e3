//! Pictures as cameras, editors and accidents make them: upright, without a place, within bounds, or refused in a sentence.

use std::fs;
use std::io::Cursor;

use essaim::diag::FilePath;
use essaim::memo::Disk;
use essaim::{Memos, Snapshot, assets};
use image::{DynamicImage, ImageFormat, ImageReader, Rgb, RgbImage};

use crate::project::Project;

const SHOWN: &str = "-- content/_index.md --\n---\ntitre: Accueil\n---\n";

/// A photograph whose top half is red: what is upright can be seen.
fn photograph(width: u32, height: u32) -> Vec<u8> {
    let half = height / 2;
    let pixels =
        RgbImage::from_fn(width, height, |_, y| if y < half { Rgb([220, 10, 10]) } else { Rgb([10, 10, 220]) });
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(pixels).write_to(&mut out, ImageFormat::Jpeg).expect("a JPEG in memory");
    out.into_inner()
}

/// Adds what a telephone writes in a JPEG: an orientation and a place.
fn from_a_telephone(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    exif.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    exif.extend([0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 0x26]);
    exif.extend([0, 0, 0, 0]);
    exif.extend(b"\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0LATITUDE 48.5839 N");
    let length = u16::try_from(exif.len() + 2).expect("a short block").to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

fn site(body: &str, name: &str, bytes: Vec<u8>) -> Project {
    let mut site = Project::new(&format!("{SHOWN}{body}\n"));
    site.write(&format!("content/{name}"), bytes);
    site
}

/// The sum that closes each part of a PNG.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 })
    })
}

#[test]
fn photographs_are_turned_upright_and_lose_the_place_where_they_were_taken() {
    let site = site("![Une place](photo.jpg)", "photo.jpg", from_a_telephone(&photograph(64, 32), 6));
    assert!(site.codes().is_empty(), "{}", site.report());
    let made = site.made();
    let pictures: Vec<&String> = made.keys().filter(|url| url.contains("photo")).collect();
    assert!(pictures.len() >= 2, "the photograph and its versions: {pictures:?}");
    for url in pictures {
        let bytes = &made[url];
        let found = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        assert!(!found(b"Exif") && !found(b"LATITUDE"), "{url} says where it was taken");
        let picture = ImageReader::new(Cursor::new(&bytes[..])).with_guessed_format().expect("a format");
        let picture = picture.decode().unwrap_or_else(|error| panic!("{url}: {error}")).into_rgb8();
        assert_eq!((picture.width(), picture.height()), (32, 64), "{url}");
        // Turned by a quarter to the right, the red top comes to the right.
        let [red, _, blue] = picture.get_pixel(28, 32).0;
        assert!(red > blue, "{url} is not upright");
    }
    assert!(site.page("/").contains("width=\"32\" height=\"64\""), "the page keeps the room of the upright picture");
}

#[test]
fn pictures_made_to_explode_are_refused_before_they_are_opened() {
    let mut ihdr = b"IHDR".to_vec();
    ihdr.extend(30_000_u32.to_be_bytes());
    ihdr.extend(30_000_u32.to_be_bytes());
    ihdr.extend(b"\x08\x06\0\0\0");
    let mut header = b"\x89PNG\r\n\x1a\n\0\0\0\x0d".to_vec();
    header.extend(&ihdr);
    header.extend(crc(&ihdr).to_be_bytes());
    // A second of zeros, compressed, would fill gigabytes: what the file announces is enough to refuse it.
    header.extend(b"\0\0\0\x0aIDAT\x78\x9c\x63\0\0\0\x01\0\x01\0\x5a\0\0\0");
    let site = site("![Un plan](plan.png)", "plan.png", header);
    let said = site.report();
    assert!(said.contains("E0603") && said.contains("900"), "the size is said: {said}");
}

#[test]
fn animations_greys_and_pictures_cut_short_are_published_or_said() {
    let grey = {
        let mut out = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(RgbImage::new(8, 8)).to_luma16().write_to(&mut out, ImageFormat::Png).expect("a PNG");
        out.into_inner()
    };
    assert!(site("![Un gris](gris.png)", "gris.png", grey).codes().is_empty());

    let mut cut = photograph(200, 200);
    cut.truncate(cut.len() / 3);
    let said = site("![Une photo](photo.jpg)", "photo.jpg", cut).report();
    assert!(said.contains("E0603"), "{said}");

    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    let moving = site("![Un point](point.gif)", "point.gif", gif.to_vec());
    assert!(moving.codes().is_empty(), "{}", moving.report());
    assert_eq!(moving.file("/point.gif"), gif, "an animation is published as it is");
}

#[test]
fn a_picture_renamed_has_the_format_and_the_size_of_its_new_name() {
    let root = tempfile::tempdir().expect("a folder");
    let memos = Memos::new(Disk::open(root.path()));
    for name in ["photo.jpg", "photo.png", "photo.webp", "photo.JPG"] {
        let file = FilePath::new(name);
        let snapshot = Snapshot::of([(name, photograph(64, 32))]);
        let made = assets::shrunk(&snapshot, &memos, &file, 32).expect("it can be shrunk");
        let format = ImageFormat::from_path(name).expect("a known extension");
        assert_eq!(image::guess_format(&made).ok(), Some(format), "{name}");
    }
    let drawing = b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"4\"/>";
    for (name, size) in [("plan.png", None), ("plan.svg", Some((8, 4)))] {
        let file = FilePath::new(name);
        let snapshot = Snapshot::of([(name, drawing.as_slice())]);
        assert_eq!(assets::pixels(&snapshot, &file, &memos), size, "{name}");
    }
}

#[test]
fn a_picture_replaced_while_a_build_runs_is_not_remembered() {
    let root = tempfile::tempdir().expect("a folder");
    let (file, place) = (FilePath::new("content/photo.jpg"), root.path().join("content/photo.jpg"));
    let put = |width| {
        fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        fs::write(&place, photograph(width, 32)).expect("a file");
    };
    put(64);
    let memos = Memos::new(Disk::open(root.path()));
    let (before, _) = Snapshot::read(root.path());
    before.hash(&file).expect("it can be read");
    put(48);
    assets::webp(&before, &memos, &file, 32).expect("it can be shrunk");
    put(64);
    let (after, _) = Snapshot::read(root.path());
    let kept = assets::webp(&after, &memos, &file, 32).expect("it can be shrunk");
    assert_eq!(kept, assets::webp(&after, &Memos::default(), &file, 32).expect("it can be shrunk"));
}
