print("moondial")
