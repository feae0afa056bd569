use super::Moment;

#[test]
fn days_are_counted_from_1970() {
    for (text, days) in [
        ("1970-01-01", 0.0),
        ("1969-12-31", -1.0),
        ("2000-02-29", 11_016.0),
        ("2026-01-31", 20_484.0),
        ("0000-01-02", -719_527.0),
        ("9999-12-30", 2_932_895.0),
        ("1970-01-01T12:00", 0.5),
        ("1970-01-01T06:00:00Z", 0.25),
        ("1970-01-02T01:00:00.000+01:00", 1.0),
    ] {
        assert_eq!(Moment::read(text, 0).map(Moment::days), Some(days), "{text}");
    }
}

#[test]
fn a_date_reads_back_on_every_day_of_four_centuries() {
    for day in -146_097..146_097 {
        let moment = Moment::new(f64::from(day), 0).unwrap();
        assert_eq!(Moment::read(&moment.to_string(), 0), Some(moment), "{moment}");
    }
}

#[test]
fn what_is_no_date_is_none() {
    for text in [
        "",
        "2026",
        "2026-1-1",
        "2026-02-29",
        "1900-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-01-32",
        "2026-01-01T",
        "2026-01-01T24:00",
        "2026-01-01T10:60",
        "2026-01-01T10:00:00.",
        "2026-01-01T10:00+99:00",
        "2026-01-01 ",
        "+026-01-01",
        "2026-01-01T10:00+",
        "9999-12-31",
        "2026-01-01T10:00:00.0000000000",
        "Té",
    ] {
        assert_eq!(Moment::read(text, 0), None, "{text}");
    }
}

#[test]
fn a_time_elsewhere_moves_to_the_wall_here() {
    let moment = Moment::read("2026-06-01T23:30:00Z", 120).unwrap();
    assert_eq!(moment.to_string(), "2026-06-02T01:30:00.000+02:00");
    assert_eq!(super::offset_of("2026-06-02T01:30:00.000+02:00"), 120);
    assert_eq!(super::offset_of("2026-06-02T01:30"), 0);
    assert_eq!(Moment::read("2026-06-01T00:00:00", -330).unwrap().to_string(), "2026-06-01");
}

#[test]
fn every_sign_of_a_format_is_filled() {
    let moment = Moment::read("2026-03-01T09:05:07.045", 0).unwrap();
    let text = moment.format("%Y %y %m %n %b %d %e %a %H %h %M %S %3 ü").unwrap();
    assert_eq!(text, "2026 26 03 3 Mar 01 1 Sun 09 9 05 07 045 ü");
    assert_eq!((moment.format("%q"), moment.format("100%")), (None, None));
}
