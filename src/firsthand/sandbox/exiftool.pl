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

BEGIN { $Image::ExifTool::configFile = ''; }
require Image::ExifTool;
for my $module (qw(Exif XMP QuickTime IPTC ICC_Profile Photoshop JPEG GPS PNG RIFF Matroska MakerNotes
    Apple Canon Nikon Samsung Sony Google PrintIM MPF Jpeg2000 H264 FLIR TagLookup)) {
    eval "require Image::ExifTool::$module";    # warms up; one that is not there is not missed
}
$SIG{CHLD} = sub { };    # so that a child's end wakes `select`

sub json_string {
    my $text = shift;
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
    $tool->ImageInfo($file);
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

open(my $handle, '+<&=', $link) or die 'no control socket';
binmode $handle;
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
    my $told = "{\"status\":$status,\"peak_kb\":0}";
    write_all($handle, pack('N', length $told) . $told);
}
