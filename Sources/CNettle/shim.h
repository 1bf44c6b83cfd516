#pragma once
#include <nettle/gcm.h>
#include <nettle/memops.h>
#include <nettle/sha2.h>
