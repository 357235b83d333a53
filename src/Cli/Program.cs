Console.WriteLine("scoregpu");
