#!/usr/bin/perl
# ExifTool's server inside the box: the same protocol as server.py, in Perl, so that one warm
# interpreter forks a child for each file. Perl has no call to receive a descriptor, to set limits
# or to confine itself, hence `syscall`, whose numbers the parent hands over.
use strict;
use warnings;
use POSIX ();

my ($link, $numbers, $filter_hex, $library) = @ARGV;
my ($RECVMSG, $PRCTL, $PRLIMIT) = map { $_ + 0 } $numbers =~ /(\d+)/g;
my $filter = pack('H*', $filter_hex);
unshift @INC, $library if length $library;
$link += 0;

use constant MAX_TAGS => 4000;
use constant MAX_VALUE => 2000;

BEGIN { no warnings 'once'; $Image::ExifTool::configFile = ''; }
require Image::ExifTool;
require Digest::MD5;
# What the files of phones and cameras make ExifTool load, loaded here once and in no child. One
# that this version does not have is not missed.
for my $file (qw(Writer.pl XMP2.pl TagLookup.pm Charset.pm Fixup.pm Import.pm PLIST.pm MPF.pm
    Microsoft.pm InfiRay.pm FLIR.pm)) {
    eval { require "Image/ExifTool/$file" };
}
for my $table (qw(Exif::Main GPS::Main JFIF::Main JPEG::Main JPEG::SOF JPEG::Adobe IPTC::Main
    IPTC::ApplicationRecord IPTC::EnvelopeRecord ICC_Profile::Main ICC_Profile::Header
    ICC_Profile::Measurement ICC_Profile::ViewingConditions Photoshop::Main Photoshop::Resolution
    Photoshop::VersionInfo Photoshop::PrintScaleInfo Photoshop::JPEG_Quality Photoshop::PixelInfo
    Photoshop::SliceInfo
    XMP::Main XMP::x XMP::rdf XMP::dc XMP::xmp XMP::xmpMM XMP::xmpNote XMP::xmpRights XMP::xmpDM
    XMP::exif XMP::exifEX XMP::tiff XMP::aux XMP::crs XMP::photoshop XMP::other XMP::GCamera
    Jpeg2000::Main Jpeg2000::JUMD CBOR::Main JSON::Main PNG::Main Matroska::Main
    Matroska::StdTag RIFF::Main RIFF::Info RIFF::Hdrl RIFF::Stream RIFF::AVIHeader
    RIFF::StreamHeader RIFF::AudioFormat QuickTime::Main QuickTime::FileType QuickTime::Movie
    QuickTime::MovieHeader QuickTime::Track QuickTime::TrackHeader QuickTime::Media
    QuickTime::MediaHeader QuickTime::MediaInfo QuickTime::Handler QuickTime::DataInfo
    QuickTime::DataRef QuickTime::SampleTable QuickTime::AudioSampleDesc QuickTime::ImageDesc
    QuickTime::VideoHeader QuickTime::AudioHeader QuickTime::UserData QuickTime::Meta QuickTime::Keys
    QuickTime::ItemList QuickTime::ItemProp QuickTime::ItemPropCont QuickTime::ItemInfo
    QuickTime::ItemRef QuickTime::HEVCConfig QuickTime::ColorRep Unknown::Main
    QuickTime::GenMediaHeader QuickTime::GenMediaInfo QuickTime::TrackAperture QuickTime::TrackRef
    Apple::Main Apple::RunTime Canon::Main Nikon::Main Nikon::AFInfo Nikon::ShotInfo Nikon::Scan
    Nikon::PictureControl Nikon::FaceDetect Microsoft::XMP Samsung::Type2
    Sony::Main FujiFilm::Main Olympus::Main Panasonic::Main)) {
    eval { Image::ExifTool::GetTagTable("Image::ExifTool::$table") };
}

sub json_string {
    my $text = shift;
    return "\"$text\"" if length $text <= MAX_VALUE && $text !~ /[^\x20-\x21\x23-\x5b\x5d-\x7e]/;
    my $copy = $text;
    utf8::decode($copy) or $copy = $text;   # bytes that are no UTF-8 are read as Latin-1
    $copy = substr($copy, 0, MAX_VALUE) if length($copy) > MAX_VALUE;
    $copy =~ s{([^\x20-\x21\x23-\x5b\x5d-\x7e])}{
        my $point = ord($1);
        $point > 0xffff
            ? sprintf('\\u%04x\\u%04x', 0xd800 + (($point - 0x10000) >> 10), 0xdc00 + (($point - 0x10000) & 0x3ff))
            : sprintf('\\u%04x', $point)
    }ge;
    return "\"$copy\"";
}

sub json_value {
    my $value = shift;
    return json_string('(binary data, ' . length($$value) . ' bytes)') if ref $value eq 'SCALAR';
    return '[' . join(',', map { json_value($_) } grep { defined } @$value[0 .. ($#$value < 99 ? $#$value : 99)]) . ']'
        if ref $value eq 'ARRAY';
    return json_string(ref $value) if ref $value;
    return json_string("$value");
}

sub write_all {
    my ($handle, $data) = @_;
    my $at = 0;
    while ($at < length $data) {
        my $wrote = syswrite($handle, $data, length($data) - $at, $at);
        POSIX::_exit(1) unless defined $wrote;
        $at += $wrote;
    }
}

sub bound {
    my ($which, $amount) = @_;
    my $pair = pack('QQ', $amount, $amount);
    syscall($PRLIMIT, 0, $which + 0, $pair, 0) == 0 or POSIX::_exit(3);
}

sub confine {
    my ($memory_mb, $cpu_s, $files) = @_;
    bound(9, $memory_mb << 20);     # RLIMIT_AS
    bound(0, $cpu_s);               # RLIMIT_CPU
    bound(1, 0);                    # RLIMIT_FSIZE
    bound(4, 0);                    # RLIMIT_CORE
    bound(7, $files);               # RLIMIT_NOFILE
    if (length $filter) {
        my $program = pack('S x6 P', length($filter) / 8, $filter);
        syscall($PRCTL, 38, 1, 0, 0, 0) == 0 or POSIX::_exit(3);         # PR_SET_NO_NEW_PRIVS
        syscall($PRCTL, 22, 2, $program, 0, 0) == 0 or POSIX::_exit(3);  # PR_SET_SECCOMP
    }
}

sub answer {
    my $file = shift;
    my $tool = Image::ExifTool->new;
    $tool->Options(Duplicates => 1, PrintConv => 0, Charset => 'UTF8', LargeFileSupport => 1);
    $tool->ExtractInfo($file);   # ImageInfo would work out all values once more
    my @rows;
    for my $tag ($tool->GetFoundTags('File')) {
        last if @rows >= MAX_TAGS;
        my $value = $tool->GetValue($tag, 'ValueConv');
        next unless defined $value;
        push @rows, '[' . join(',', json_string($tool->GetGroup($tag, 1) // ''),
            json_string(Image::ExifTool::GetTagName($tag)), json_value($value)) . ']';
    }
    return '{"data":{"version":' . json_string($Image::ExifTool::VERSION)
        . ',"tags":[' . join(',', @rows) . ']},"blobs":[]}';
}

# One run over a tiny photo of our own sets up the rest of what every file needs.
sub warm_up {
    my $text = sub { my ($tag, $string, $at) = @_; pack('nnNN', $tag, 2, length $string, $at) };
    my $make = "Maker\0";
    my $date = "2021:09:28 12:00:00\0";
    my $ifd0 = pack('n', 3) . $text->(0x010f, $make, 200)
        . pack('nnNN', 0x8769, 4, 1, 60) . pack('nnNN', 0x8825, 4, 1, 100) . pack('N', 0);
    my $exif = pack('n', 1) . $text->(0x9003, $date, 220) . pack('N', 0);
    my $gps = pack('n', 2) . pack('nnNa4', 1, 2, 2, "N\0\0\0")
        . pack('nnNN', 2, 5, 3, 260) . pack('N', 0);
    my $tiff = pack('a2nN', 'MM', 42, 8) . $ifd0;
    $tiff .= "\0" x (60 - length $tiff) . $exif;
    $tiff .= "\0" x (100 - length $tiff) . $gps;
    $tiff .= "\0" x (200 - length $tiff) . $make;
    $tiff .= "\0" x (220 - length $tiff) . $date;
    $tiff .= "\0" x (260 - length $tiff) . pack('NNNNNN', 33, 1, 15, 1, 0, 1);
    my $app1 = "Exif\0\0$tiff";
    my $xmp = "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
        . "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' "
        . "xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmp:CreateDate='2021-09-28'/></rdf:RDF>"
        . "</x:xmpmeta>";
    my $photo = "\xff\xd8\xff\xe1" . pack('n', 2 + length $app1) . $app1
        . "\xff\xe1" . pack('n', 2 + length $xmp) . $xmp . "\xff\xd9";
    open(my $file, '<', \$photo) or return;
    binmode $file;
    answer($file);
}

sub child {
    my ($limits, $source, $result, $errors) = @_;
    POSIX::dup2($errors, 1);
    POSIX::dup2($errors, 2);
    POSIX::close($link);
    confine(@$limits);
    open(my $file, '<&=', $source) or POSIX::_exit(1);
    open(my $out, '>&=', $result) or POSIX::_exit(1);
    binmode $file;
    binmode $out;
    my $body = answer($file);
    write_all($out, ('0' x 64) . pack('N', length $body) . $body);
    POSIX::_exit(0);
}

sub read_exactly {
    my ($handle, $count) = @_;
    my $data = '';
    while (length $data < $count) {
        my $got = sysread($handle, $data, $count - length $data, length $data);
        exit 0 unless $got;
    }
    return $data;
}

sub receive {
    my $handle = shift;
    my $head = "\0" x 4;
    my $control = "\0" x 64;
    my $vector = pack('PQ', $head, 4);
    my $message = pack('Q L x4 P Q P Q L x4', 0, 0, $vector, 1, $control, 64, 0);
    my $got = syscall($RECVMSG, $link, $message, 0);
    exit 0 if $got <= 0;
    my $held = unpack('x40 Q', $message);
    my @descriptors = $held >= 16 ? unpack('x16 l' . int((unpack('Q', $control) - 16) / 4), $control) : ();
    $head = substr($head, 0, $got) . ($got < 4 ? read_exactly($handle, 4 - $got) : '');
    return (read_exactly($handle, unpack('N', $head)), @descriptors);
}

sub watch {
    my ($handle, $pid) = @_;
    while (1) {
        my $gone = waitpid($pid, POSIX::WNOHANG());
        return $? if $gone == $pid;
        my $ready = '';
        vec($ready, $link, 1) = 1;
        if (select($ready, undef, undef, 0.002) > 0) {
            kill 'KILL', $pid;
            receive($handle);
        }
    }
}

$SIG{CHLD} = sub { };    # so that a child's end wakes `select`
warm_up();
# Loading leaves free places all over the heap, and each that a child fills copies a page of 4 kB.
# These fill them, so that what a child makes lies together.
my @ballast;
for my $size (1 .. 64) { push @ballast, 'x' x ($size * 16 - 8) for 1 .. 100 }
push @ballast, [1], { a => 1 } for 1 .. 2000;
open(my $handle, '+<&=', $link) or die 'no control socket';
binmode $handle;
my $spent_before = 0;
my $ready = '{"ready":true}';
write_all($handle, pack('N', length $ready) . $ready);
while (1) {
    my ($request, @descriptors) = receive($handle);
    next unless $request =~ /"target"/ && @descriptors == 3;
    my @limits = map { $request =~ /"$_":\s*(\d+)/ ? $1 + 0 : 0 } qw(memory_mb cpu_s files);
    my $pid = fork;
    exit 1 unless defined $pid;
    child(\@limits, @descriptors) if $pid == 0;
    POSIX::close($_) for @descriptors;
    my $status = watch($handle, $pid);
    my ($user, $system) = (times)[2, 3];
    my $spent = $user + $system - $spent_before;
    $spent_before += $spent;
    my $told = "{\"status\":$status,\"peak_kb\":0,\"cpu_s\":$spent}";
    write_all($handle, pack('N', length $told) . $told);
}
