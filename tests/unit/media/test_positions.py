"""Positions as a file states them."""

from firsthand.media.positions import read_positions
from firsthand.media.tags import read_tags


def positions(*rows):
    return read_positions(read_tags([list(row) for row in rows]))


def exif(latitude, north, longitude, east, *more):
    return positions(
        ("GPS", "GPSLatitude", latitude), ("GPS", "GPSLatitudeRef", north),
        ("GPS", "GPSLongitude", longitude), ("GPS", "GPSLongitudeRef", east), *more,
    )  # fmt: skip


def test_the_letters_give_the_signs():
    (field,) = exif("39.05", "N", "94.29", "W")
    assert (field.latitude_deg, field.longitude_deg) == (39.05, -94.29)
    (field,) = exif("33.9", "S", "151.2", "E")
    assert (field.latitude_deg, field.longitude_deg) == (-33.9, 151.2)


def test_without_letters_the_hemisphere_is_unknown():
    (field,) = positions(("GPS", "GPSLatitude", "33.26"), ("GPS", "GPSLongitude", "44.23"))
    assert field.unsigned
    assert field.latitude_deg is None
    assert field.longitude_deg is None


def test_empty_and_impossible_ones_are_blank():
    assert exif("", "", "", "")[0].blank
    assert exif("95.0", "N", "10", "E")[0].blank
    assert exif("nan", "N", "10", "E")[0].blank


def test_null_island_is_marked():
    (field,) = exif("0", "N", "0", "E")
    assert field.null_island


def test_below_the_sea():
    below = ("GPS", "GPSAltitudeRef", "1")
    (field,) = exif("31.5", "N", "35.5", "E", ("GPS", "GPSAltitude", "420"), below)
    assert field.altitude_m == -420


def test_containers_write_it_in_one():
    assert [
        (field.kind, field.latitude_deg, field.longitude_deg, field.altitude_m)
        for field in positions(
            ("Keys", "GPSCoordinates", "32.0929 34.862 28.516"),
            ("Container", "location", "+54.1843-002.7189/"),
            ("UserData", "LocationInformation", "Role=x Lat=34.07539 Lon=-118.25430 Alt=0.00"),
        )
    ] == [
        ("container", 32.0929, 34.862, 28.516),
        ("container", 54.1843, -2.7189, None),
        ("container", 34.07539, -118.2543, 0.0),
    ]  # fmt: skip
